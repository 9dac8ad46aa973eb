import packageJson from '../../package.json' with { type: 'json' };

/** The version of this package. */
export const VERSION: string = packageJson.version;

/** Where the project is at home: the one address that everything names. */
export const REPOSITORY: string = packageJson.repository.url.slice('git+'.length, -'.git'.length);
