import type { ControllerInstance } from '../model/trace.ts';
import { containersOf } from './recognition.ts';

/** A release, as image tags name it. */
export interface Version {
  readonly major: number;
  readonly minor: number;
}

/**
 * The release that an installation runs, by the tag of its control plane's image (`v1.14.0`, `1.12.1-debian-12-r3`, `nginx-1.9.3-hardened1`).
 * Undefined where no container's tag is one: a digest only, `latest`, or a tag of somebody's own.
 */
export function controllerVersion({
  controlPlanes,
}: Pick<ControllerInstance, 'controlPlanes'>): Version | undefined {
  for (const { image = '' } of controlPlanes.flatMap(containersOf)) {
    const [, major, minor] = /:(?:nginx-)?v?(\d{1,3})\.(\d{1,3})(?:[.-][\w.-]*)?(?:@|$)/.exec(image) ?? [];
    if (major !== undefined && minor !== undefined) return { major: Number(major), minor: Number(minor) };
  }
  return undefined;
}

/** Whether a release is the given one or a later one. */
export function isAtLeast(version: Version, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}
