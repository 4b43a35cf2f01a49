import type { ProductId } from './catalogue'
import { html, type Markup } from './markup'

/** What each thing looks like; its name always stands beside it, so the drawing says nothing to a screen reader. */
export function picture(id: ProductId): Markup {
  return html`<svg class="picture" viewBox="0 0 240 200" aria-hidden="true" focusable="false">${DRAWINGS[id]}</svg>`
}

const shadow = html`<ellipse cx="120" cy="176" rx="74" ry="8" fill="#2b2118" opacity="0.14" />`

const DRAWINGS: Readonly<Record<ProductId, Markup>> = {
  'moon-jar': html`${shadow}
    <path
      d="M93 34h54q5 0 4 6l-3 9c34 10 52 36 52 62 0 30-24 52-56 60l-4 5h-40l-4-5c-32-8-56-30-56-60 0-26 18-52 52-62l-3-9q-1-6 4-6z"
      fill="#fbf9f4"
    />
    <path d="M148 49c34 10 52 36 52 62 0 30-24 52-56 60l-4 5h-22c44-12 66-80 30-127z" fill="#e6e1d6" />
    <path d="M93 34h54q5 0 4 6l-3 9H92l-3-9q-1-6 4-6z" fill="#f1ede3" />
    <path d="M58 92c4-14 14-26 26-32" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" />
    <path d="M42 116c10 4 146 6 157-4" fill="none" stroke="#d9d2c3" stroke-width="1.6" />`,
  soban: html`${shadow}
    <path d="M62 92q-14 40-2 78h10q-6-36 6-78zM178 92q14 40 2 78h-10q6-36-6-78z" fill="#5d2f1c" />
    <path d="M98 94q-6 40 0 78h8q-4-38 2-78zM142 94q6 40 0 78h-8q4-38-2-78z" fill="#4a2415" />
    <path d="M48 92h144l-10 18H58z" fill="#6f3a22" />
    <path d="M66 140h108v6H66z" fill="#5d2f1c" />
    <ellipse cx="120" cy="80" rx="94" ry="20" fill="#8a4a2b" />
    <ellipse cx="120" cy="76" rx="94" ry="20" fill="#a55c36" />
    <ellipse cx="120" cy="76" rx="80" ry="15" fill="#94502e" />
    <path d="M58 72c22-10 58-12 84-10" fill="none" stroke="#c98155" stroke-width="3" stroke-linecap="round" />`,
  'tea-set': html`${shadow}
    <path d="M60 96q-34-10-34 14t38 22" fill="none" stroke="#6f9483" stroke-width="9" />
    <path d="M58 86h84c12 26 8 58-14 80H72C50 144 46 112 58 86z" fill="#8db3a0" />
    <path d="M142 92c10 24 4 54-16 74h-20c26-18 36-48 30-74z" fill="#789f8d" />
    <path d="M140 98q18 0 26-24l8 3q-4 42-36 46z" fill="#8db3a0" />
    <ellipse cx="100" cy="86" rx="42" ry="9" fill="#a8c9b8" />
    <path d="M72 82q28-22 56 0z" fill="#9bbfad" />
    <circle cx="100" cy="66" r="6" fill="#789f8d" />
    <path d="M70 108c-4 18-2 32 6 46" fill="none" stroke="#c6ded2" stroke-width="5" stroke-linecap="round" />
    <path d="M152 146h36q-1 24-13 28h-10q-12-4-13-28z" fill="#8db3a0" />
    <ellipse cx="170" cy="146" rx="18" ry="5" fill="#c8a45c" />
    <path d="M192 138h32q-1 24-12 28h-8q-11-4-12-28z" fill="#9bbfad" />
    <ellipse cx="208" cy="138" rx="16" ry="4.5" fill="#c8a45c" />`,
  'brass-bowl': html`${shadow}
    <path d="M44 100h152q-2 50-50 70l-4 6h-44l-4-6q-48-20-50-70z" fill="#c5983f" />
    <path d="M150 100h46q-2 50-50 70l-4 6h-20q34-26 28-76z" fill="#a67c2b" />
    <rect x="38" y="92" width="164" height="10" rx="5" fill="#dcb866" />
    <path d="M48 92q8-46 72-48 64 2 72 48z" fill="#d1a64e" />
    <path d="M132 45q54 8 60 47h-34q2-32-26-47z" fill="#b58a36" />
    <rect x="108" y="32" width="24" height="14" rx="6" fill="#b58a36" />
    <path d="M66 78q12-20 34-24" fill="none" stroke="#f3deac" stroke-width="6" stroke-linecap="round" />
    <path d="M62 122q8 24 26 36" fill="none" stroke="#e8cb84" stroke-width="5" stroke-linecap="round" />`,
  lantern: html`${shadow}
    <path d="M120 12v18" stroke="#5a4636" stroke-width="4" />
    <rect x="92" y="28" width="56" height="9" rx="3" fill="#5a4636" />
    <path d="M84 37h72l16 60-16 66H84L68 97z" fill="#fbe3b0" />
    <path d="M104 37h32l8 60-8 66h-32l-8-66z" fill="#fff3d4" />
    <path
      d="M84 37 68 97l16 66M156 37l16 60-16 66M104 37l-8 60 8 66M136 37l8 60-8 66M68 97h104"
      fill="none"
      stroke="#7a5f48"
      stroke-width="3.5"
      stroke-linejoin="round"
    />
    <rect x="88" y="162" width="64" height="9" rx="3" fill="#5a4636" />
    <circle cx="120" cy="100" r="17" fill="#ffd27a" opacity="0.75" />`,
  jogakbo: html`${shadow}
    <g transform="rotate(-5 120 100)">
      <rect x="42" y="22" width="156" height="150" fill="#efe6d3" />
      <rect x="42" y="22" width="60" height="44" fill="#c76b4a" />
      <rect x="102" y="22" width="40" height="70" fill="#e9c46a" />
      <rect x="142" y="22" width="56" height="36" fill="#7d9d8c" />
      <rect x="142" y="58" width="56" height="48" fill="#f2d7c6" />
      <rect x="42" y="66" width="30" height="62" fill="#4f6d7a" />
      <rect x="72" y="66" width="30" height="62" fill="#f6ead2" />
      <rect x="102" y="92" width="40" height="36" fill="#a34a5b" />
      <rect x="42" y="128" width="72" height="44" fill="#e4b7a0" />
      <rect x="114" y="128" width="34" height="44" fill="#8fb0a9" />
      <rect x="148" y="106" width="50" height="66" fill="#d98f52" />
      <path
        d="M42 66h60M102 22v106M142 22v84M142 58h56M72 66v62M42 128h106M102 92h40M114 128v44M148 106v66M142 106h56"
        stroke="#fffaf0"
        stroke-width="2.5"
        stroke-dasharray="4 3"
      />
    </g>`,
}
