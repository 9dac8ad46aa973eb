/** The text is not in simple style: the `yaml` package must read it. */
export class NotSimple extends Error {}
