/** All words over some letters up to a length, the shortest first. */
export const wordsOver = (letters: string, length: number): readonly string[] => {
  const all = [''];
  let last = [''];
  for (let round = 0; round < length; round += 1) {
    last = last.flatMap((word) => Array.from(letters, (letter) => word + letter));
    all.push(...last);
  }
  return all;
};
