/** The playground: `harden` as it is, in a browser. */
import { harden, type FileResult } from '../../src/index.ts';
import { setUpChoices } from './choices.ts';
import { setUpInputs } from './inputs.ts';
import { setUpResults } from './results.ts';

/** How long nothing must change before the manifests are hardened, in milliseconds. */
const PAUSE = 200;

let timer: ReturnType<typeof setTimeout> | undefined;
const soon = (): void => {
  clearTimeout(timer);
  timer = setTimeout(run, PAUSE);
};

const inputs = setUpInputs(soon);
const options = setUpChoices(soon);
const show = setUpResults(inputs.show);

function run(): void {
  show(hardened());
}

function hardened(): readonly FileResult[] | Error {
  try {
    return harden(inputs.read(), options()).files;
  } catch (error) {
    return error as Error;
  }
}

/** A link to what an id means opens it. */
addEventListener('hashchange', () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
});

run();
