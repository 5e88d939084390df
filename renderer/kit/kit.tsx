import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Announcer } from '../ui/announcer';
import { Mark } from '../ui/icon';
import { ButtonSection, CheckSection, FieldSection, NoteSection, StateSection } from './controls';
import { DialogScene } from './dialogs';
import { FrameScene, WelcomeScene, WizardScene } from './frames';
import { ColourSection, IconSection, MarksSection, TypeSection } from './ground';
import { PictureSections } from './pictures';
import { RecordSections } from './records';
import styles from './kit.module.css';

/** Every control in every state, for looking at: `kit.html?page=controls|pictures|records|frame|wizard|welcome|dialog&theme=dark`. */
export function Kit({ page }: { readonly page: string }) {
  return (
    <I18nProvider locale="en-GB">
      <KitPage page={page} />
    </I18nProvider>
  );
}

function KitPage({ page }: { readonly page: string }) {
  switch (page) {
    case 'frame':
      return <FrameScene />;
    case 'wizard':
      return <WizardScene />;
    case 'welcome':
      return <WelcomeScene />;
    case 'dialog':
      return <DialogScene />;
    default:
      return (
        <main className={styles['kit']}>
          <header className={styles['head']}>
            <Mark size="lg" />
            <div>
              <h1>Sallyport kit</h1>
              <p>Every control in every state it can be in. Tokens only.</p>
            </div>
          </header>
          <div className={styles['grid']}>
            {page === 'pictures' ? <PictureSections /> : page === 'records' ? <RecordSections /> : <ControlSections />}
          </div>
          <Announcer />
        </main>
      );
  }
}

function ControlSections() {
  return (
    <>
      <ColourSection />
      <TypeSection />
      <ButtonSection />
      <FieldSection />
      <StateSection />
      <CheckSection />
      <NoteSection />
      <MarksSection />
      <IconSection />
    </>
  );
}
