import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder, type BrowserName } from '../../scripts/extension.ts';

/** The parts of a built manifest that these tests read. */
export interface Manifest {
  readonly manifest_version: number;
  readonly permissions?: readonly string[];
  readonly host_permissions?: readonly string[];
  readonly optional_permissions?: readonly string[];
  readonly optional_host_permissions?: readonly string[];
  readonly web_accessible_resources?: readonly unknown[];
  readonly externally_connectable?: unknown;
  readonly content_security_policy?: { readonly extension_pages?: string };
  readonly incognito?: string;
  readonly content_scripts?: readonly {
    readonly matches: readonly string[];
    readonly js?: readonly string[];
    readonly css?: readonly string[];
    readonly all_frames?: boolean;
    readonly world?: string;
  }[];
  readonly background?: { readonly service_worker?: string; readonly scripts?: readonly string[] };
  readonly browser_specific_settings?: {
    readonly gecko?: {
      readonly id?: string;
      readonly strict_min_version?: string;
      readonly data_collection_permissions?: {
        readonly required?: readonly string[];
        readonly optional?: readonly string[];
      };
    };
  };
}

export function readManifest(browser: BrowserName): Manifest {
  return JSON.parse(readFileSync(join(buildFolder(browser), 'manifest.json'), 'utf8')) as Manifest;
}
