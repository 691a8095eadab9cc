const mebi = 1024 * 1024;

/** As people and the engine count memory: in MiB, from 1,000 on in GiB. */
export function memory(bytes: number): string {
  const size = bytes / mebi;
  if (size < 10) return `${size.toFixed(1)} MiB`;
  return size < 1000 ? `${Math.round(size)} MiB` : `${(size / 1024).toFixed(1)} GiB`;
}

/** Of something small, as it is sent. */
export function bytes(count: number): string {
  if (count < 1000) return count === 1 ? '1 byte' : `${count} bytes`;
  return count < mebi ? `${(count / 1024).toFixed(1)} KiB` : `${(count / mebi).toFixed(1)} MiB`;
}
