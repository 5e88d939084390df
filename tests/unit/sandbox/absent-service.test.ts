import { describe, expect, test } from 'vitest';
import { AwsRefusal, bodyText, type SandboxRequest } from '../../../main/sandbox/http';
import { absentService } from '../../../main/sandbox/protocols/absent-service';
import { practice } from '../../support/practice';

const sentence = 'The practice sandbox does not offer the service “x”.';

function refuse(service: string, headers: Readonly<Record<string, string>>, code = 'AccessDenied') {
  const request: SandboxRequest = { method: 'POST', hostname: 'x', path: '/', query: {}, headers, body: '' };
  return absentService(service, request, 'STS').refusal(new AwsRefusal(code, sentence, 403), 'id-1', request);
}

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('a service that the sandbox does not have refuses in the form of the request', () => {
  test('forms: XML, and EC2’s own', () => {
    expect(bodyText(refuse('rds', form))).toBe(
      `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${sentence}</Message></Error><RequestId>id-1</RequestId></ErrorResponse>`,
    );
    expect(bodyText(refuse('ec2', form))).toContain(
      `<Response><Errors><Error><Code>AccessDenied</Code><Message>${sentence}</Message></Error></Errors><RequestID>id-1</RequestID></Response>`,
    );
  });

  test.each(['application/x-amz-json-1.0', 'application/x-amz-json-1.1'])('%s', (type) => {
    const answer = refuse('dynamodb', { 'content-type': type, 'x-amz-target': 'DynamoDB_20120810.ListTables' });
    expect(answer.headers).toMatchObject({ 'content-type': type, 'x-amzn-errortype': 'AccessDeniedException' });
    expect(JSON.parse(bodyText(answer))).toEqual({ __type: 'AccessDeniedException', message: sentence });
    expect(answer.status).toBe(400);
  });

  test('REST with JSON and REST with XML', () => {
    const json = refuse('lambda', {});
    expect(json.headers).toMatchObject({
      'content-type': 'application/json',
      'x-amzn-errortype': 'AccessDeniedException',
    });
    expect(JSON.parse(bodyText(json))).toMatchObject({ message: sentence });
    expect(bodyText(refuse('route53', {}))).toContain(`<ErrorResponse><Error><Type>Sender</Type>`);
  });

  test('CBOR', () => {
    const answer = refuse('monitoring', { 'smithy-protocol': 'rpc-v2-cbor' });
    expect(answer.headers).toEqual({ 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' });
    const text = Buffer.from(sentence);
    expect(Buffer.from(answer.body)).toEqual(
      Buffer.concat([
        Buffer.from([0xa2, 0x66]),
        Buffer.from('__type'),
        Buffer.from([0x75]),
        Buffer.from('AccessDeniedException'),
        Buffer.from([0x67]),
        Buffer.from('message'),
        Buffer.from([0x79, 0, text.length]),
        text,
      ]),
    );
  });

  test('also where the signature itself does not hold', async () => {
    const { sandbox } = practice();
    const authorization =
      'AWS4-HMAC-SHA256 Credential=AKIAAAAAAAAAAAAAAAAA/20261122/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=00';
    const answer = await sandbox.handle({
      method: 'GET',
      hostname: 'lambda.eu-west-1.amazonaws.com',
      path: '/2015-03-31/functions/',
      query: {},
      headers: { authorization },
      body: '',
    });
    expect(answer.headers['x-amzn-errortype']).toBe('UnrecognizedClientException');
  });
});
