import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The hosts that a user grants when saving a key. Without a display, no prompt can be answered. */
const GRANTED = ['https://*/*', 'http://127.0.0.1/*', 'http://localhost/*'];

/** A copy of a build, to be removed when done. */
export interface BuildCopy {
  readonly folder: string;
  remove(): Promise<void>;
}

interface HostsOfManifest {
  permissions?: string[];
  optional_permissions?: string[];
  host_permissions?: string[];
  optional_host_permissions?: string[];
}

/**
 * Copies a build into a temporary folder, with its manifest's optional hosts and the given optional permissions
 * granted from the start. Everything else is as built.
 */
export async function withGrantedHosts(
  build: string,
  permissions: readonly string[] = [],
): Promise<BuildCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'followledger-build-'));
  await cp(build, folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as HostsOfManifest;
  manifest.host_permissions = [...(manifest.host_permissions ?? []), ...GRANTED];
  delete manifest.optional_host_permissions;
  manifest.permissions = [...(manifest.permissions ?? []), ...permissions];
  manifest.optional_permissions = (manifest.optional_permissions ?? []).filter(
    (name) => !permissions.includes(name),
  );
  await writeFile(path, JSON.stringify(manifest));
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
