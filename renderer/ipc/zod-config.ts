// SECURITY(S-06): zod otherwise compiles parsers with `new Function`, which the content security policy forbids. Said where
// zod looks when it is read: it is no part of the first script, which would have to bring it to call z.config().
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
export {};
