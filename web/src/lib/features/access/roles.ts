export const roles = [
  { value: 'viewer', name: 'viewer – sees everything, changes nothing' },
  { value: 'operator', name: 'operator – deploys and changes projects' },
  { value: 'admin', name: 'admin – may do everything' },
] as const;
