import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childText, readXml, type XmlElement } from '../../../main/sandbox/read-xml';
import { xmlDocument } from '../../../main/sandbox/xml';

const element = (name: string, text = '', ...children: readonly XmlElement[]): XmlElement => ({ name, text, children });

describe('XML in requests', () => {
  test('is read as elements and text', () => {
    const text = `<?xml version="1.0"?>\n<a:Set xmlns:a="urn:x"><!-- note --><Tag id='1'>x &amp; &#x41;&#66;</Tag><Tag/></a:Set>\n`;
    const read = readXml(text);
    expect(read).toEqual(element('Set', '', element('Tag', 'x & AB'), element('Tag')));
    expect(read === undefined ? undefined : childText(read, 'Tag')).toBe('x & AB');
  });

  test.each([
    ['', 'nothing'],
    ['text', 'no element'],
    ['<a>', 'an element that does not end'],
    ['<a></b>', 'another end'],
    ['</a>', 'an end alone'],
    ['<a/><b/>', 'two roots'],
    ['<a/>text', 'text after it'],
    ['<a b=c/>', 'an attribute without quotes'],
    ['<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', 'a document type'],
    ['<a><![CDATA[x]]></a>', 'a section of characters'],
  ])('%s is refused: %s', (text) => {
    expect(readXml(text)).toBeUndefined();
  });

  test('any text survives writing and reading; anything at all is read without harm', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[\u0000-\u001f]/.test(value));
    fc.assert(
      fc.property(text, (value) => {
        expect(readXml(xmlDocument('Key', undefined, value))?.text).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[<>/a="' !&;?-]{0,60}$/), (value) => {
        readXml(value);
      }),
    );
  });

  test('a long unfinished document is refused in good time', () => {
    for (const piece of ['<a ', '<a b="', '<!--', '&#', '<', '<a><b>'])
      expect(readXml(piece.repeat(20_000))).toBeUndefined();
  });
});
