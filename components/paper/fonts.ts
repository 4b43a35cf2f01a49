import { Font } from '@react-pdf/renderer'
import path from 'node:path'

// The only fonts of ours that a PDF can hold: it takes no variable ones.
const FONTS = path.join(process.cwd(), 'node_modules/pretendard/dist/public/static/alternative')

// What fits into the narrowest column in any writing; a word that is longer would run into the next one.
const WHOLE = 9

Font.register({
  family: 'Pretendard',
  fonts: [
    { src: path.join(FONTS, 'Pretendard-Regular.ttf') },
    { src: path.join(FONTS, 'Pretendard-Bold.ttf'), fontWeight: 700 },
  ],
})
// Words stay whole, in Korean too; only those that no column holds are broken, wherever the column ends.
Font.registerHyphenationCallback((word) => {
  const characters = [...word]
  return characters.length > WHOLE ? characters : [word]
})

/** Holds Korean and Latin letters. Whoever names it has it in the PDF. */
export const PAPER_FONT = 'Pretendard'
