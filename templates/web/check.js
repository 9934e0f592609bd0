// Shows true pages of a spreadsheet's rows beside their links, and keeps the number of sheets on the button true.
const check = document.getElementById('check');

for (const place of document.querySelectorAll('.small-sheet')) void show(place);

/** One after the other would be slow, and all of them are small. */
async function show(place) {
  if (navigator.pdfViewerEnabled === false) return;
  try {
    const answer = await fetch(place.dataset.pdf);
    if (!answer.ok) return;
    const frame = document.createElement('iframe');
    frame.title = place.dataset.title;
    frame.tabIndex = -1;
    frame.src = `${URL.createObjectURL(await answer.blob())}#toolbar=0&navpanes=0&view=FitH`;
    place.append(frame);
  } catch {
    // The link above it opens the page all the same.
  }
}

let counting = new AbortController();
const make = document.getElementById('make');
if (make !== null) {
  if (make.dataset.counting === 'yes') void count();
  document.getElementById('output').addEventListener('change', count);
}

async function count() {
  counting.abort();
  counting = new AbortController();
  make.textContent = make.dataset.bare;
  const body = new URLSearchParams(new FormData(check));
  try {
    const answer = await fetch(`${check.getAttribute('action')}/sheets`, {
      method: 'POST',
      body,
      signal: counting.signal,
    });
    if (answer.ok) make.textContent = (await answer.json()).words;
  } catch {
    // A newer count is on its way, or the button goes without.
  }
}
