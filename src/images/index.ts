export interface ImageKnowledge {
  readonly nonRoot: 'works' | 'needs-change' | 'impossible' | 'unknown';
  readonly user?: { readonly uid: number; readonly gid: number; readonly arbitraryUid?: boolean; readonly requiresGid?: number };
  readonly needs: readonly string[];
  readonly writable?: readonly { path: string; prepopulated?: boolean; optional?: boolean }[];
  readonly doNotMount?: readonly { path: string }[];
  readonly privilegedPorts?: readonly number[];
  readonly capabilitiesIfRoot?: readonly string[];
  readonly fileCaps?: readonly string[];
  readonly readOnlyRootFilesystem?: string;
  readonly fsGroup?: string;
  readonly usesApi?: { why: string };
  readonly resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
}
