import type { Claim, ClassBinding } from './profile.ts';

/** The Ingress is taken up, for the given reason. */
export function claimed(because: string): Claim {
  return { claims: true, because };
}

/** The Ingress is left alone, for the given reason. */
export function leftAlone(because: string): Claim {
  return { claims: false, because };
}

/**
 * By `spec.ingressClassName`: the IngressClass of that name must exist and name this controller.
 * `setting` says in words where the wanted name comes from.
 */
export function claimByController(
  { field = '', ingressClass }: ClassBinding,
  wanted: readonly string[],
  setting: string,
): Claim {
  if (ingressClass === undefined) return leftAlone(`there is no IngressClass \`${field}\``);
  const controller = ingressClass.spec?.controller ?? '';
  const text = `IngressClass \`${field}\` names controller \`${controller}\``;
  return wanted.includes(controller) ? claimed(text) : leftAlone(`${text}, ${setting}`);
}

/** By comparing a class name that the Ingress gives with the one that the instance is set to. */
export function claimByName(what: string, given: string, wanted: string, setting: string): Claim {
  return given === wanted
    ? claimed(`${what} \`${given}\` is the value of ${setting}`)
    : leftAlone(`${what} is \`${given}\`, ${setting} is \`${wanted}\``);
}

/** As `because` texts call the annotation. */
export const ANNOTATION = 'annotation `kubernetes.io/ingress.class`';

/** As `because` texts begin where neither field nor annotation is there. */
export const NO_CLASS = 'the Ingress names no class';
