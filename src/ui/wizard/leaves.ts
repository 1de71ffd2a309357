/**
 * What stays on the page: the other step of the same wizard is no way out. A job and its undo are pages of their own, and each
 * playbook is a wizard.
 */
function family(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  if (first === 'playbooks') return second;
  return first === 'jobs' ? path : first;
}

/** Whether this way leads out of the wizard. */
export const leavesWizard = (from: string, to: string): boolean => family(from) !== family(to);
