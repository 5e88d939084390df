/** The one place where a channel's name is made. */
export function callChannel(feature: string, method: string): string {
  return `sallyport:${feature}.${method}`;
}

export function eventChannel(event: string): string {
  return `sallyport:event:${event}`;
}
