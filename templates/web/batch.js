// Follows a batch that is being made. Without this script the page loads itself again.
const batch = document.getElementById('batch');
const AGAIN_MS = 700;

if (batch?.dataset.state === 'running') follow();
if (batch?.dataset.state === 'waiting') setTimeout(renew, AGAIN_MS);

/** The browser asks again by itself when the connection is lost, as when Keepsake starts again. */
function follow() {
  const events = new EventSource(`/batches/${batch.dataset.id}/events`);
  events.addEventListener('message', ({ data }) => {
    const { state, made, of, words, trouble } = JSON.parse(data);
    if (state !== 'running') {
      events.close();
      void renew();
      return;
    }
    document.getElementById('told').textContent = words;
    document.getElementById('trouble').textContent = trouble ?? '';
    Object.assign(document.getElementById('bar'), { max: of, value: made });
  });
}

/** The page as it is by now, in place of this one: what is typed in it stays while something is printed again. */
async function renew() {
  try {
    const answer = await fetch(location.pathname);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.getElementById('batch');
    if (next === null) return location.replace('/batches');
    if (next.dataset.state === 'waiting') return setTimeout(renew, AGAIN_MS);
    const wasRunning = batch.dataset.state === 'running';
    const typed = wasRunning ? [] : [...document.querySelectorAll('#again input')].map(({ id, value }) => [id, value]);
    document.getElementById('batch').replaceWith(document.adoptNode(next));
    for (const [id, value] of typed) document.getElementById(id).value = value;
    if (wasRunning) document.getElementById('heading').focus();
  } catch {
    setTimeout(renew, 2 * AGAIN_MS);
  }
}
