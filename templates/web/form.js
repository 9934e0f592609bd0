// Makes the form live: the page beside it follows what is typed. Without this script every part is a button.
// Nothing is kept in the browser: no storage, no history entries, no address with anything of a client in it.
const PAUSE_BEFORE_PAGE = 250;
const PAUSE_BEFORE_SEARCH = 150;

const handout = document.getElementById('handout');
const byId = (id) => document.getElementById(id);
const isShown = (element) => element.offsetParent !== null;

// A page taken out of the browser's memory would show the client before: begin afresh.
window.addEventListener('pageshow', (event) => event.persisted && location.replace('/'));

if (handout !== null) {
  document.documentElement.classList.add('live');
  document.documentElement.classList.toggle('viewer', navigator.pdfViewerEnabled !== false);
  begin();
}

function begin() {
  let typing;
  let asking = new AbortController();
  let newClient = false;
  let shownUrl = '';

  handout.addEventListener('input', ({ target }) => {
    clearTimeout(typing);
    if (target.id === 'query') typing = setTimeout(search, PAUSE_BEFORE_SEARCH);
    else typing = setTimeout(preview, PAUSE_BEFORE_PAGE);
  });
  // The first button of a form answers to the Enter key: here it is the one beside the name.
  handout.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target.id !== 'presetName') return;
    event.preventDefault();
    byId('keep').click();
  });
  handout.addEventListener('focusout', ({ target }) => target.id === 'client' && askAboutClient());
  handout.addEventListener('submit', (event) => {
    const button = event.submitter;
    // The order has a script of its own.
    if (/^(order|up|down)\b/.test(button.value)) return event.preventDefault();
    if (button.hasAttribute('formaction') && !['print', 'download'].includes(button.id)) return;
    if (button.id === 'print' && !isShown(byId('sheet'))) return;
    event.preventDefault();
    clearTimeout(typing);
    if (button.id === 'print') act(print);
    else if (button.id === 'download') act(download);
    else act(() => press(button.value));
  });
  byId('see').addEventListener('click', ({ currentTarget }) => {
    const open = byId('sheet').classList.toggle('open');
    currentTarget.setAttribute('aria-expanded', String(open));
    currentTarget.textContent = open ? 'Hide the page' : 'See the page';
    if (open) preview();
  });
  preview();

  /** Sends the form as it stands. A later sending ends the one before. */
  function post(path, button) {
    asking.abort();
    asking = new AbortController();
    const body = new URLSearchParams(new FormData(handout));
    if (button) body.set('act', button);
    return fetch(path, { method: 'POST', body, signal: asking.signal });
  }

  function act(work) {
    work().catch((error) => {
      if (error.name !== 'AbortError') say('Keepsake does not answer. Start it again; what you typed is still here.');
    });
  }

  function preview() {
    act(drawPage);
  }

  function search() {
    act(async () => swap(await pageOf(await post('/', 'find')), 'found'));
  }

  async function press(button) {
    const before = document.activeElement.id;
    const page = await pageOf(await post('/', button));
    newClient = false;
    swap(page, 'choices');
    swap(page, 'page-state');
    swap(page, 'also');
    document.title = page.title;
    const next = {
      choose: 'chosen',
      change: 'query',
      another: 'client',
      new: 'client',
      same: 'client',
      saved: 'chosen',
    };
    byId(next[button.split(':')[0]] ?? before)?.focus();
    await drawPage();
  }

  async function drawPage() {
    if (byId('chosen') === null) {
      clear();
      if (byId('note').value !== '') retell(await pageOf(await post('/', 'find')));
      return;
    }
    const answer = await post('/preview');
    newClient = answer.headers.get('X-Handout-New-Client') === 'ask';
    if (document.activeElement.id !== 'client') askAboutClient();
    if (!answer.ok) return explain(await pageOf(answer));
    tell(answer);
    if (isShown(byId('sheet'))) await show(await answer.blob());
  }

  async function print() {
    const answer = await given('/print');
    if (answer === null) return;
    const frame = await show(await answer.blob());
    try {
      frame.contentWindow.focus();
      frame.contentWindow.print();
    } catch {
      handout.requestSubmit(byId('open')); // Some browsers let no page print their viewer.
    }
  }

  async function download() {
    const answer = await given('/download');
    if (answer === null) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition'))[1];
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** The answer with a handout in it; or null, and the form shows what stands in its way. */
  async function given(path) {
    const answer = await post(path);
    if (answer.ok) {
      forgive();
      tell(answer);
      return answer;
    }
    const page = await pageOf(answer);
    if (page.getElementById('choices') === null) explain(page);
    swap(page, 'choices');
    swap(page, 'page-state');
    document.title = page.title;
    byId('sheet').classList.add('stale');
    (byId('errors') ?? byId('ask')).focus();
    return null;
  }

  /** What was wrong has been put right. */
  function forgive() {
    for (const said of handout.querySelectorAll('#errors, .wrong')) said.remove();
    for (const field of handout.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
    document.title = document.title.replace(/^Error: /, '');
  }

  function askAboutClient() {
    byId('ask').hidden = !newClient;
  }

  function tell(answer) {
    const beside = JSON.parse(decodeURIComponent(answer.headers.get('X-Handout-Beside')));
    byId('note-hint').textContent = beside.note;
    say(beside.words, beside);
  }

  /** What is said of the note, where no page comes that brings it. */
  function retell(page) {
    const said = page.getElementById('note-hint');
    if (said !== null) byId('note-hint').textContent = said.textContent;
  }

  function explain(page) {
    retell(page);
    const items = [...page.querySelectorAll('#errors li, #content .narrow h1 + p')];
    byId('sheet').classList.add('stale');
    say('The page can’t be shown yet.', { notices: items.map((item) => item.textContent.trim()) });
  }

  /** Said aloud by screen readers, so only when it is something new. */
  function say(words, { notices = [], hints = [], over = null } = {}) {
    const said = [make('p', words)];
    if (notices.length > 0) said.push(listOf(notices));
    if (hints.length > 0) {
      const more = make('details', '');
      more.className = 'more';
      more.append(make('summary', 'What this page lacks'), listOf(hints));
      said.push(more);
    }
    if (over !== null) said.push(Object.assign(make('button', over.words), { name: 'act', value: over.act }));
    const state = byId('page-state');
    const flat = said
      .map((element) => element.textContent)
      .join('')
      .replace(/\s+/g, '');
    if (state.textContent.replace(/\s+/g, '') !== flat) state.replaceChildren(...said);
  }

  function clear() {
    for (const frame of byId('sheet').querySelectorAll('iframe')) frame.remove();
    URL.revokeObjectURL(shownUrl);
  }

  /** A new frame each time: it adds nothing to the history, and the old page stays until the new one is there. */
  async function show(blob) {
    const sheet = byId('sheet');
    sheet.classList.toggle('a4', handout.elements.paper.value === 'a4');
    const url = URL.createObjectURL(blob);
    const frame = document.createElement('iframe');
    frame.title = 'The page as it is printed';
    frame.src = `${url}#toolbar=0&navpanes=0&view=FitH`;
    await new Promise((loaded) => {
      frame.addEventListener('load', loaded, { once: true });
      sheet.prepend(frame);
    });
    sheet.classList.remove('stale');
    for (const other of sheet.querySelectorAll('iframe')) if (other !== frame) other.remove();
    URL.revokeObjectURL(shownUrl);
    shownUrl = url;
    return frame;
  }
}

const make = (name, words) => Object.assign(document.createElement(name), { textContent: words });
function listOf(items) {
  const list = document.createElement('ul');
  list.append(...items.map((item) => make('li', item)));
  return list;
}
const pageOf = async (answer) => new DOMParser().parseFromString(await answer.text(), 'text/html');

function swap(page, id) {
  const next = page.getElementById(id);
  if (next !== null) byId(id)?.replaceWith(document.adoptNode(next));
}
