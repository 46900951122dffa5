import type { ControllerInstance } from '../../model/trace.ts';
import type { Settings } from '../profile.ts';
import { isTrue } from '../settings.ts';
import { controllerVersion, isAtLeast, type Version } from '../version.ts';
import type { Risk } from './catalogue.ts';

/** A rule that an installation goes by, with how it is known: set, or the default of a release that may be a guess. */
export interface Policy<T> {
  readonly value: T;
  readonly known: 'set' | 'by-release' | 'assumed';
}

/** What an installation of ingress-nginx makes of annotations. */
export interface AnnotationPolicy {
  /** Annotations of a higher risk keep the whole Ingress from being loaded. */
  readonly highestRisk: Policy<Risk>;
  /** Whether snippets are used; where not, they are dropped without a word. */
  readonly allowsSnippets: Policy<boolean>;
  /** Whether annotations may name Secrets and ConfigMaps of other namespaces. */
  readonly allowsOtherNamespaces: Policy<boolean>;
  /** Whether values are checked before they are used. */
  readonly validates: Policy<boolean>;
  /** Words that keep an Ingress from being loaded when an annotation's value has one of them. */
  readonly blockedWords: readonly string[];
}

/**
 * The installation's rules. Defaults changed with controller 1.9 (snippets off) and 1.12 (values checked, risk `High`,
 * own namespace only); facts: its changelog/controller-1.9.0.md and controller-1.12.0-beta.0.md, and config.go.
 */
export function annotationPolicy(
  instance: Pick<ControllerInstance, 'settings' | 'controlPlanes'>,
): AnnotationPolicy {
  const { settings } = instance;
  const version = controllerVersion(instance);
  const risk = settings.get('annotations-risk-level');
  return {
    highestRisk:
      risk === undefined ? since(version, 12, 'High', 'Critical') : { value: riskOf(risk), known: 'set' },
    allowsSnippets: flag(settings, 'allow-snippet-annotations') ?? since(version, 9, false, true),
    allowsOtherNamespaces:
      flag(settings, 'allow-cross-namespace-resources') ?? since(version, 12, false, true),
    validates: flag(settings, 'enable-annotation-validation') ?? since(version, 12, true, false),
    blockedWords: (settings.get('annotation-value-word-blocklist') ?? '')
      .trim()
      .split(',')
      .filter((word) => word !== ''),
  };
}

/** Any word that is none of the levels means the lowest one. */
function riskOf(text: string): Risk {
  const level = text.trim().toLowerCase();
  return level === 'critical'
    ? 'Critical'
    : level === 'high'
      ? 'High'
      : level === 'medium'
        ? 'Medium'
        : 'Low';
}

function flag(settings: Settings, name: string): Policy<boolean> | undefined {
  const text = settings.get(name);
  return text === undefined ? undefined : { value: isTrue(text.trim()), known: 'set' };
}

/** The default since controller 1.`minor`, and the one before; without a known release the current one is assumed. */
function since<T>(version: Version | undefined, minor: number, now: T, before: T): Policy<T> {
  if (version === undefined) return { value: now, known: 'assumed' };
  return { value: isAtLeast(version, 1, minor) ? now : before, known: 'by-release' };
}
