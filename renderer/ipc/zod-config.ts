import { z } from '../../core/zod';

// zod otherwise compiles parsers with `new Function`, which the content security policy forbids. Asked when a schema is
// made, so this module has to be evaluated before the contract: it is the first import of the page.
z.config({ jitless: true });
