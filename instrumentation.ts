/** Called by Next once, before the pages' server takes its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { noteClientAddresses } = await import('./app/_glue/note-client-addresses')
    noteClientAddresses()
  }
}
