export { WizardRoutes as Page } from './wizard-routes';
