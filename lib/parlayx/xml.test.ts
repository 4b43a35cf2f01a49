import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeXml, readXml, XmlError } from './xml'

const read = (text: string) => readXml(Buffer.from(text))

test('a document is read with its names resolved and its entities undone', () => {
  const root = read(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>
    <!-- around --><a:one xmlns:a="urn:a" xmlns="urn:b" x="&lt;&#x41;&#66;"><two>1<!-- not text -->2<![CDATA[<&]]></two></a:one>`)
  expect(root).toMatchObject({
    namespace: 'urn:a',
    name: 'one',
    attributes: [{ namespace: '', name: 'x', value: '<AB' }],
  })
  expect(root.children).toMatchObject([{ namespace: 'urn:b', name: 'two', text: '12<&', children: [] }])
})

const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)

test.each([
  ['a document type', '<!DOCTYPE a><a/>'],
  ['an entity that expands', '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'],
  ['a file from outside', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['an entity that nobody defined', '<a>&b;</a>'],
  ['an entity without its end', '<a>&amp</a>'],
  ['a processing instruction', '<a><?php echo ?></a>'],
  ['an instruction before it', '<?xml-stylesheet href="x"?><a/>'],
  ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
  ['XML 1.1', '<?xml version="1.1"?><a/>'],
  ['elements that cross', '<a><b></a></b>'],
  ['an element without end', '<a><b></b>'],
  ['two documents', '<a/><b/>'],
  ['text after the end', '<a/>b'],
  ['an attribute twice', '<a b="1" b="2"/>'],
  ['an attribute twice by two prefixes', '<a xmlns:p="urn:a" xmlns:q="urn:a" p:b="1" q:b="2"/>'],
  ['an attribute without quotes', '<a b=1/>'],
  ['attributes that touch', '<a b="1"c="2"/>'],
  ['a prefix that is not declared', '<p:a/>'],
  ['a prefix bound to nothing', '<p:a xmlns:p=""/>'],
  ['a reserved prefix bound anew', '<a xmlns:xml="urn:a"/>'],
  ['a name space that is reserved', '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>'],
  ['a NUL', '<a>\0</a>'],
  ['a NUL as a reference', '<a>&#0;</a>'],
  ['half a character', '<a>&#xD800;</a>'],
  ['a control character', '<a>\u0007</a>'],
  ['the end of a section that did not begin', '<a>]]></a>'],
  ['a comment with two hyphens', '<!-- a -- b --><a/>'],
  ['an opening bracket in a value', '<a b="<"/>'],
  ['seventeen levels', deep(17)],
  ['two thousand elements', `<a>${'<b/>'.repeat(2000)}</a>`],
  ['thirty-three attributes', `<a ${Array.from({ length: 33 }, (_, index) => `a${index}="1"`).join(' ')}/>`],
  ['nothing', ''],
  ['JSON', '{"a":1}'],
  ['a name with two colons', '<a:b:c/>'],
])('P10.1: %s is refused', (_title, text) => {
  expect(() => read(text)).toThrow(XmlError)
})

test('P10.1: what is not UTF-8 is refused', () => {
  expect(() => readXml(Uint8Array.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]))).toThrow(XmlError)
})

test('sixteen levels are read', () => {
  expect(read(deep(16)).name).toBe('a')
})

test('whatever text is written is read back as it was', () => {
  // What XML cannot hold at all is left out.
  const text = fc
    .string({ unit: 'grapheme' })
    .map((any) => any.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''))
  fc.assert(
    fc.property(text, (any) => {
      expect(read(`<a b="${escapeXml(any)}">${escapeXml(any)}</a>`)).toMatchObject({ text: any })
    }),
  )
})

test('whatever bytes come, they are read or refused, and nothing else happens', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readXml(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(XmlError)
      }
    }),
  )
})
