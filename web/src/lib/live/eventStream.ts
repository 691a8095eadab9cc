/** One server-sent event. */
export interface StreamedEvent {
  name: string;
  data: string;
  id: string;
}

/**
 * Reads server-sent events until the stream ends. The browser's own EventSource cannot be used: it hands over only events whose
 * names were known beforehand, and it does not say why it was refused.
 */
export async function readEventStream(response: Response, onEvent: (event: StreamedEvent) => void): Promise<void> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop()!;
    for (const block of blocks) {
      const event = parse(block);
      if (event) onEvent(event);
    }
  }
}

/** Null for a comment, which only says that the connection lives. */
function parse(block: string): StreamedEvent | null {
  let name = 'message';
  let id = '';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id') id = value;
  }
  return data.length > 0 ? { name, data: data.join('\n'), id } : null;
}
