import type { StageRequest, StageResponse } from '$lib/api/schema';
import { newPolicy, policyFormOf, policyOf, type PolicyForm } from './policyForm';

/** A stage as it is edited: no field is absent, and a number that was wiped out is null. */
export interface StageForm {
  name: string;
  tagPattern: string;
  autoDeploy: boolean;
  maxInstances: number | null;
  confirm: boolean;
  promoteFrom: string;
  subdomain: string;
  memoryLimit: number | null;
  cpuLimit: number | null;
  stopSeconds: number | null;
  policy: PolicyForm;
}

export const newStage = (name = '', tagPattern = ''): StageForm => ({
  name,
  tagPattern,
  autoDeploy: true,
  maxInstances: 1,
  confirm: false,
  promoteFrom: '',
  subdomain: '',
  memoryLimit: null,
  cpuLimit: null,
  stopSeconds: null,
  policy: newPolicy(),
});

export const stageFormOf = (stage: StageResponse): StageForm => ({
  name: stage.name,
  tagPattern: stage.tagPattern,
  autoDeploy: stage.autoDeploy,
  maxInstances: stage.maxInstances,
  confirm: stage.confirm,
  promoteFrom: stage.promoteFrom ?? '',
  subdomain: stage.subdomain ?? '',
  // 0 stands for no limit; a field that is empty says it better.
  memoryLimit: stage.memoryLimit || null,
  cpuLimit: Number(stage.cpuLimit) || null,
  stopSeconds: stage.stopSeconds || null,
  policy: policyFormOf(stage.policy),
});

export const stageRequestOf = (form: StageForm): StageRequest => ({
  ...form,
  name: form.name.trim(),
  tagPattern: form.tagPattern.trim(),
  subdomain: form.subdomain.trim(),
  memoryLimit: form.memoryLimit ?? 0,
  cpuLimit: form.cpuLimit ?? 0,
  stopSeconds: form.stopSeconds ?? 0,
  policy: policyOf(form.policy),
});
