import type { Rule } from '../rule.ts';
import { doctorRbacLimited } from './doctor-rbac-limited.ts';

/** In the order of their codes. */
export const DOCTOR_RULES: readonly Rule[] = [doctorRbacLimited];
