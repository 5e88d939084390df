import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RevocationRequest } from '../../../core/domain/revocation-request';
import { revocationWays, wayFacts } from '../../../core/domain/revocation-ways';
import { documentHtml } from '../../../core/render/document-html';
import { revocationClicks } from '../../../core/render/revocation-clicks';
import { revocationRequestPage } from '../../../core/render/revocation-request-page';
import { revocationScripts } from '../../../core/render/revocation-script';
import { everyText, text } from './documents';
import { hostileGround, targetAccount } from './revocation-grounds';

const pages = fc.tuple(hostileGround, text, text).map(([ground, askedBy, why]) => {
  const { caller, managementAccountId, region, roleArn, stack, way } = ground;
  const request: RevocationRequest = {
    ...{ kind: 'sallyport-revocation-request', version: 1, askedAt: Date.UTC(2026, 10, 22, 14, 0, 5), askedBy, why },
    ...{ roleArn, roleName: roleArn.slice(roleArn.lastIndexOf('/') + 1), accountId: targetAccount, region, way },
    ...(way === 'delete-stack' && stack !== undefined ? { stack } : {}),
  };
  return {
    ground,
    page: {
      request,
      ...(caller === undefined ? {} : { caller }),
      ...(managementAccountId === undefined ? {} : { managementAccountId }),
    },
  };
});

describe('the page for an owner who is asked to take a role back', () => {
  it('says what is asked, what becomes of both doors, who is hit, and has clicks and scripts', () => {
    fc.assert(
      fc.property(pages, ({ ground, page }) => {
        const texts = everyText(revocationRequestPage(page));
        const after = (term: string) => texts[texts.indexOf(term) + 1] ?? '';
        expect(after('Role')).toBe(ground.roleArn);
        expect(after('In account')).toBe(targetAccount);
        expect(after('Asked on')).toBe('2026-11-22 14:00 UTC');
        expect(after('New sessions')).toMatch(
          { open: /as before/, half: /may do nothing/, shut: /any more/ }[wayFacts[ground.way].outer],
        );
        expect(after('Open sessions')).toMatch(
          { open: /go on/, half: /may remain/, shut: /denied everything/ }[wayFacts[ground.way].inner],
        );
        expect(after('Who is hit')).not.toBe('');
        const scripts = revocationScripts(ground);
        expect(texts).toContain(scripts?.bash.text);
        expect(texts).toContain(scripts?.powershell.text);
        for (const { address, copies } of revocationClicks(ground)) {
          if (address !== undefined) expect(texts).toContain(address);
          for (const { value } of copies) expect(texts).toContain(value);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('S-26 is one page without a link, whatever was written into the request', () => {
    fc.assert(
      fc.property(pages, ({ page }) => {
        const html = documentHtml(revocationRequestPage(page));
        expect(html).not.toMatch(/<script|<img|<link|onerror="|href="(?!data:text\/plain)/);
      }),
      { numRuns: 40 },
    );
  });

  it('says so where something is not known, and where nobody said why', () => {
    for (const way of revocationWays) {
      const roleArn = `arn:aws:iam::${targetAccount}:role/TidewaterDeploy`;
      const request: RevocationRequest = {
        ...{ kind: 'sallyport-revocation-request', version: 1, askedAt: 0, askedBy: 'Jo', why: '' },
        ...{ roleArn, roleName: 'TidewaterDeploy', accountId: targetAccount, region: 'eu-west-1', way },
      };
      const texts = everyText(revocationRequestPage({ request }));
      expect(texts).toContain('Not said.');
      if (['caller', 'delete-stack'].includes(way)) expect(texts).toContain('There is none for this.');
    }
  });
});
