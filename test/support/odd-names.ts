// A number in, the spreadsheet of so many clients out: odd but real names, and a few rows that need a person.

const FIRST =
  'Zoë|Ana María|Nguyễn Thị|Bo|李|Øyvind|Łukasz|Siobhán|Mohammed|Chloé|Jürgen|D’Arcy|Anne-Marie|Þóra|Γιώργος|Олена|محمد|Ngozi|Jean-Luc|José|Mary Jo|Xóchitl|Dwayne|Priya|Aroha|Kūpaʻa|Ali|Null'.split(
    '|',
  );
const LAST =
  'O’Brien-Łukasiewicz|de la Cruz|Ánh|Li|小龙|Bjørnsen|Wiśniewski|Ní Dhomhnaill|al-Rashid|Lefèvre|Groß|van der Merwe|St. John|Wolfeschlegelsteinhausenbergerdorff|Sigurðardóttir|Παπαδόπουλος|Шевченко|الحسن|Okonkwo|García Márquez|Ng|Test|Jones Jr.|Te Kanawa|Mac Giolla Phádraig'.split(
    '|',
  );
const HEADINGS = ['First name', 'Last name', 'Handouts', 'Note', 'Large print', 'Clinician', 'May send', 'Insurance'];
const CLINICIANS = ['Dr Maria Reyes', 'J. Park', 'Ayo Bello'];

/** No two of the first 600 have the same name. Three need a fix, and one says the same as row 41. */
export function oddClients(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const name = [FIRST[index % FIRST.length]!, LAST[index % LAST.length]!];
    const note = index % 3 === 0 ? 'Good to see you today.\n- walk with Jo' : '';
    return [...name, '', note, '', CLINICIANS[index % 3]!, 'hand, post', `Blue ${index}`];
  });
  const change = (row: number, column: number, value: string) => {
    if (rows[row - 2] !== undefined) rows[row - 2]![column] = value;
  };
  change(13, 2, 'Slep better');
  change(78, 4, 'maybe');
  change(133, 6, 'e-mail');
  change(122, 3, 'A long word about the weeks to come. '.repeat(50));
  if (rows[57] !== undefined) rows[57] = [...rows[39]!];
  return [HEADINGS, ...rows].map((cells) => `${cells.map((cell) => `"${cell}"`).join(',')}\r\n`).join('');
}
