// Keeps a page of the outbox true and counts down what is held. Without this script the page loads itself again.
const outbox = document.getElementById('outbox');
const TICK_MS = 250;
let shownAt = performance.now();

if (outbox?.dataset.open === 'yes') {
  const events = new EventSource(outbox.dataset.events);
  events.addEventListener('message', ({ data }) => {
    if (!JSON.parse(data).open && !outbox.dataset.events.startsWith('/outbox/events')) events.close();
    void renew();
  });
  // A page taken out of the browser's memory has no connection any more.
  addEventListener('pageshow', (event) => event.persisted && location.reload());
}
for (const place of document.querySelectorAll('a[data-events]')) {
  new EventSource(place.dataset.events).addEventListener('message', async ({ target, data }) => {
    if (!JSON.parse(data).open) target.close();
    const page = await pageAt(location.pathname);
    place.textContent = page.getElementById(place.id)?.textContent ?? place.textContent;
  });
}
if (outbox !== null) setInterval(tick, TICK_MS);
tick();

/** The browser's own clock may be wrong, so that only the time since the answer counts. */
function tick() {
  for (const place of document.querySelectorAll('[data-left]')) {
    const left = Math.ceil(Number(place.dataset.left) - (performance.now() - shownAt) / 1000);
    const words = left > 0 ? `${left} s left` : 'any moment';
    if (place.textContent !== words) place.textContent = words;
  }
}

const pageAt = async (path) => new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html');

let renewing = false;
let again = false;

/** The page as it is by now, in place of this one; what is unfolded and where the focus is stay. */
async function renew() {
  again = renewing;
  if (renewing) return;
  renewing = true;
  try {
    const page = await pageAt(location.pathname);
    if (page.getElementById('mails') !== null) swap(page);
  } catch {
    // The next event brings it, or the browser's own connecting again.
  }
  renewing = false;
  if (again) void renew();
}

function swap(page) {
  const focused = document.activeElement;
  const folds = [...document.querySelectorAll('#mails details')].map(({ id, open }) => [id, open]);
  for (const id of ['heading', 'told']) {
    const words = page.getElementById(id).textContent;
    if (document.getElementById(id).textContent !== words) document.getElementById(id).textContent = words;
  }
  document.getElementById('paused')?.remove();
  const paused = page.getElementById('paused');
  if (paused !== null) document.getElementById('told').before(document.adoptNode(paused));
  document.getElementById('errors')?.remove();
  document.getElementById('mails').replaceWith(document.adoptNode(page.getElementById('mails')));
  for (const [id, open] of folds) document.getElementById(id)?.toggleAttribute('open', open);
  shownAt = performance.now();
  tick();
  if (focused === null || focused === document.body || document.contains(focused)) return;
  (document.getElementById(focused.id) ?? document.getElementById('heading')).focus();
}
