import { describe, expect, it } from 'vitest';
import { plusAddress } from '../../../../renderer/features/organization/plus-address';

describe('the address that is proposed for a new account', () => {
  it('is the management account’s with a plus and the name', () => {
    expect(plusAddress('ops@example.com', 'Python deploy')).toBe('ops+python-deploy@example.com');
  });

  it('takes the place of a tag that is there', () => {
    expect(plusAddress('root+333344445555@example.com', 'Zappa')).toBe('root+zappa@example.com');
  });

  it('has plain letters, digits and hyphens behind the plus only, and none at the ends', () => {
    expect(plusAddress('ops@example.com', '  (Brightline, “prod”) ')).toBe('ops+brightline-prod@example.com');
  });

  it('has 64 characters at most, as AWS takes them', () => {
    const full = plusAddress('operations@tidewater-holdings.example.com', 'a very long name of an account');
    expect(full).toBe('operations+a-very-long-name-of-an@tidewater-holdings.example.com');
    expect(full).toHaveLength(64);
    expect(plusAddress('operations@tidewater-holdings.example.com', 'a very long name here x indeed')).toBe(
      'operations+a-very-long-name-here@tidewater-holdings.example.com',
    );
  });

  it('is not there where none can be made', () => {
    expect(plusAddress('ops@example.com', '')).toBeUndefined();
    expect(plusAddress('ops@example.com', '日本')).toBeUndefined();
    expect(plusAddress('', 'Zappa')).toBeUndefined();
    expect(plusAddress(`${'o'.repeat(52)}@example.com`, 'Zappa')).toBeUndefined();
  });
});
