export { AccessKeyFields } from './access-key-fields';
