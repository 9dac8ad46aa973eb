/** What runs: the profile, the transforms, and what may be replaced. */
import type { HardenOptions, Settings } from '../../src/index.ts';
import { prose } from '../../src/report/html/escape.ts';
import { DEFAULT_PROFILE, PROFILES, type Profile } from '../../src/transform/profiles.ts';
import { transforms } from '../../transforms/index.ts';
import { byId, create } from './dom.ts';

/** Sets up the choices; `changed` is called after each change. Returns what gives the options of a run. */
export function setUpChoices(changed: () => void): () => HardenOptions {
  const profile = byId('profile', HTMLSelectElement);
  const boxes = new Map(transforms.map(({ meta }) => [meta.id, create('input', { type: 'checkbox' })]));
  profile.append(...Object.keys(PROFILES).map((name) => create('option', {}, name)));
  profile.value = DEFAULT_PROFILE;
  for (const { meta } of transforms) {
    const box = boxes.get(meta.id) as HTMLInputElement;
    box.disabled = meta.needsOptions === true;
    const note = box.disabled ? `${meta.description} It needs an option in \`.kharden.yaml\`.` : meta.description;
    const description = create('span', { className: 'quiet', innerHTML: prose(note) });
    const words = create('span', {}, create('code', {}, meta.id), description);
    byId('transforms', HTMLElement).append(create('label', {}, box, words));
  }
  const followProfile = (): void => {
    for (const { meta } of transforms) (boxes.get(meta.id) as HTMLInputElement).checked = isOf(meta, profile.value as Profile);
  };
  const options = (): Chosen => {
    const name = profile.value as Profile;
    const isChecked = (id: string): boolean => boxes.get(id)?.checked === true;
    return {
      profile: name,
      enable: transforms.filter(({ meta }) => isChecked(meta.id) && !isOf(meta, name)).map(({ meta }) => meta.id),
      skip: transforms.filter(({ meta }) => !isChecked(meta.id) && isOf(meta, name)).map(({ meta }) => meta.id),
      settings: {
        safeOnly: byId('safe-only', HTMLInputElement).checked,
        override: byId('override', HTMLInputElement).checked,
        unknownImages: byId('unknown-images', HTMLInputElement).checked ? 'harden' : 'report',
      },
    };
  };
  const show = (): void => {
    const count = [...boxes.values()].filter(({ checked }) => checked).length;
    byId('chosen', HTMLElement).textContent = `${count} of ${boxes.size}`;
    byId('command', HTMLElement).textContent = commandOf(options());
  };
  profile.addEventListener('change', followProfile);
  document.querySelector('.choices')?.addEventListener('change', () => {
    show();
    changed();
  });
  followProfile();
  show();
  return options;
}

interface Chosen {
  readonly profile: Profile;
  readonly enable: readonly string[];
  readonly skip: readonly string[];
  readonly settings: Pick<Settings, 'safeOnly' | 'override' | 'unknownImages'>;
}

/** The command that does the same. */
function commandOf({ profile, enable, skip, settings }: Chosen): string {
  const words = [
    'kharden',
    ...(profile === DEFAULT_PROFILE ? [] : [`--profile ${profile}`]),
    ...(enable.length === 0 ? [] : [`--enable ${enable.join(',')}`]),
    ...(skip.length === 0 ? [] : [`--skip ${skip.join(',')}`]),
    ...(settings.safeOnly ? ['--safe-only'] : []),
    ...(settings.override ? ['--override'] : []),
    ...(settings.unknownImages === 'harden' ? ['--unknown-images harden'] : []),
  ];
  return words.join(' ');
}

function isOf({ profiles }: { readonly profiles: readonly Profile[] }, profile: Profile): boolean {
  return profiles.includes(profile);
}
