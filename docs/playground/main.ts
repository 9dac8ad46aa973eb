/** The playground: `harden` as it is, in a browser. The page and its worker run this one script. */
import { setUpChoices } from './choices.ts';
import { setUpInputs } from './inputs.ts';
import { setUpResults } from './results.ts';
import { serve } from './work.ts';
import { setUpWork } from './worker.ts';

/** How long nothing must change before the manifests are hardened, in milliseconds. */
const PAUSE = 200;

if (typeof document === 'undefined') serve();
else setUpPage();

function setUpPage(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  };
  const inputs = setUpInputs(soon);
  const options = setUpChoices(soon);
  const results = setUpResults(inputs.show);
  const work = setUpWork(document.currentScript?.textContent ?? '', results.show);
  const run = (): void => {
    work.stop();
    results.wait();
    try {
      work.begin({ inputs: inputs.read(), options: options() });
    } catch (error) {
      results.show(error as Error);
    }
  };
  // A link to what an id means opens it.
  addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  });
  run();
}
