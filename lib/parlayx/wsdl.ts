import { ACCOUNT_CHANGE, ACCOUNT_MANAGEMENT } from './interfaces/account-management'
import { COMMON, exceptions } from './interfaces/common-types'
import { calledInterfaces, servedInterfaces } from './interfaces/interfaces'
import { PAYMENT } from './interfaces/payment'
import { SMS } from './interfaces/sms'
import type { AnyType, EnumType, Interface, Operation, Part, Parts, StructType } from './schema'
import { escapeXml } from './xml'

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
const XSD = 'http://www.w3.org/2001/XMLSchema'
const WSDL = 'http://schemas.xmlsoap.org/wsdl/'
const SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/'
const FAULTS = 'http://www.csapi.org/wsdl/parlayx/common/v2_0/faults'
const FAULTS_FILE = 'common-faults.wsdl'

/** The documents that hold named types, by their namespace. */
const typeFiles: Readonly<Record<string, string>> = {
  [COMMON]: 'common-types.xsd',
  [PAYMENT]: 'payment-types.xsd',
  [ACCOUNT_MANAGEMENT]: 'account-management-types.xsd',
  [ACCOUNT_CHANGE]: 'account-change-types.xsd',
  [SMS]: 'sms-types.xsd',
}

const BOUNDS = {
  once: '',
  optional: ' minOccurs="0" maxOccurs="1"',
  some: ' minOccurs="1" maxOccurs="unbounded"',
  any: ' minOccurs="0" maxOccurs="unbounded"',
} as const

const published: readonly Interface[] = [...servedInterfaces, ...calledInterfaces]
const interfaceFile = (name: string) => `${name}-interface.wsdl`

/**
 * The document by which a program knows an interface and where it is. It names further documents, relative to itself.
 * @param address under which the interface is called
 */
export function serviceDocument({ name, wsdlNamespace, operations, hasFaults }: Interface, address: string): string {
  const bindings = Object.keys(operations).map((operation) => {
    const faults = hasFaults
      ? Object.keys(exceptions).map(
          (fault) => `<wsdl:fault name="${fault}"><soap:fault name="${fault}" use="literal"/></wsdl:fault>`,
        )
      : []
    return `
    <wsdl:operation name="${operation}">
      <soap:operation soapAction="" style="document"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>${faults.map((fault) => `\n      ${fault}`).join('')}
    </wsdl:operation>`
  })
  return `${XML}<wsdl:definitions name="${name}Service" targetNamespace="${wsdlNamespace}/service"
    xmlns:wsdl="${WSDL}" xmlns:soap="${SOAP}" xmlns:tns="${wsdlNamespace}/service"
    xmlns:interface="${wsdlNamespace}/interface">
  <wsdl:import namespace="${wsdlNamespace}/interface" location="documents/${interfaceFile(name)}"/>
  <wsdl:binding name="${name}Binding" type="interface:${name}">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${bindings.join('')}
  </wsdl:binding>
  <wsdl:service name="${name}Service">
    <wsdl:port name="${name}" binding="tns:${name}Binding">
      <soap:address location="${escapeXml(address)}"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
`
}

/** The documents that service documents name, by file name. */
export const documents: ReadonlyMap<string, string> = new Map([
  [FAULTS_FILE, faultsDocument()],
  ...Object.entries(typeFiles).map(([namespace, file]): [string, string] => [file, typesDocument(namespace)]),
  ...published.map((one): [string, string] => [interfaceFile(one.name), interfaceDocument(one)]),
])

function interfaceDocument({ name, wsdlNamespace, localNamespace, operations, hasFaults }: Interface): string {
  const entries = Object.entries(operations)
  const used = namespacesOf(entries.flatMap(([, { input, output }]) => [input, output]))
  const prefixes = used.map((namespace, index) => [namespace, `types${index + 1}`] as const)
  const prefix = new Map<string, string>([...prefixes, [localNamespace, 'local']])
  const imports = used.map(
    (namespace) => `\n      <xsd:import namespace="${namespace}" schemaLocation="${typeFiles[namespace]}"/>`,
  )
  const message = (of: string, parts: Parts) => `
      <xsd:element name="${of}" type="local:${of}"/>
      <xsd:complexType name="${of}">${sequence(parts, prefix, '        ')}</xsd:complexType>`
  const messages = entries.map(
    ([operation]) => `
  <wsdl:message name="${name}_${operation}Request">
    <wsdl:part name="parameters" element="local:${operation}"/>
  </wsdl:message>
  <wsdl:message name="${name}_${operation}Response">
    <wsdl:part name="result" element="local:${operation}Response"/>
  </wsdl:message>`,
  )
  const faults = hasFaults
    ? Object.keys(exceptions).map((fault) => `\n      <wsdl:fault name="${fault}" message="faults:${fault}"/>`)
    : []
  const porttype = entries.map(
    ([operation]) => `
    <wsdl:operation name="${operation}">
      <wsdl:input message="tns:${name}_${operation}Request"/>
      <wsdl:output message="tns:${name}_${operation}Response"/>${faults.join('')}
    </wsdl:operation>`,
  )
  return `${XML}<wsdl:definitions name="${name}" targetNamespace="${wsdlNamespace}/interface"
    xmlns:wsdl="${WSDL}" xmlns:xsd="${XSD}" xmlns:tns="${wsdlNamespace}/interface"
    xmlns:faults="${FAULTS}"
    xmlns:local="${localNamespace}"${prefixes.map(([namespace, short]) => `\n    xmlns:${short}="${namespace}"`).join('')}>${
      hasFaults ? `\n  <wsdl:import namespace="${FAULTS}" location="${FAULTS_FILE}"/>` : ''
    }
  <wsdl:types>
    <xsd:schema elementFormDefault="qualified" targetNamespace="${localNamespace}">${imports.join('')}${entries
      .map(([operation, { input, output }]) => message(operation, input) + message(`${operation}Response`, output))
      .join('')}
    </xsd:schema>
  </wsdl:types>${messages.join('')}
  <wsdl:portType name="${name}">${porttype.join('')}
  </wsdl:portType>
</wsdl:definitions>
`
}

function faultsDocument(): string {
  const messages = Object.keys(exceptions).map(
    (name) => `
  <wsdl:message name="${name}">
    <wsdl:part name="${name}" element="common:${name}"/>
  </wsdl:message>`,
  )
  return `${XML}<wsdl:definitions name="CommonFaults" targetNamespace="${FAULTS}"
    xmlns:wsdl="${WSDL}" xmlns:xsd="${XSD}" xmlns:common="${COMMON}">
  <wsdl:types>
    <xsd:schema elementFormDefault="qualified">
      <xsd:import namespace="${COMMON}" schemaLocation="${typeFiles[COMMON]}"/>
    </xsd:schema>
  </wsdl:types>${messages.join('')}
</wsdl:definitions>
`
}

function typesDocument(namespace: string): string {
  const named = new Map<string, StructType<Parts> | EnumType<string>>()
  const isFaults = namespace === COMMON
  if (isFaults) for (const one of Object.values(exceptions)) named.set(one.name, one)
  for (const { operations } of published) {
    for (const parts of Object.values<Operation>(operations).flatMap(({ input, output }) => [input, output])) {
      collect(parts, namespace, named)
    }
  }
  const prefix = new Map([[namespace, 'tns']])
  const written = [...named.values()].map((type) =>
    type.kind === 'enum'
      ? `
  <xsd:simpleType name="${type.name}">
    <xsd:restriction base="xsd:string">${type.values.map((value) => `\n      <xsd:enumeration value="${value}"/>`).join('')}
    </xsd:restriction>
  </xsd:simpleType>`
      : `
  <xsd:complexType name="${type.name}">${sequence(type.parts, prefix, '    ')}</xsd:complexType>`,
  )
  const elements = isFaults
    ? Object.keys(exceptions).map((name) => `\n  <xsd:element name="${name}" type="tns:${name}"/>`)
    : []
  return `${XML}<xsd:schema targetNamespace="${namespace}" xmlns:xsd="${XSD}" xmlns:tns="${namespace}">${[
    ...written,
    ...elements,
  ].join('')}
</xsd:schema>
`
}

function sequence(parts: Parts, prefix: ReadonlyMap<string, string>, indent: string): string {
  const elements = Object.entries(parts).map(([name, { type, occurs }]) => {
    const known = type as AnyType
    const written = known.kind === 'simple' ? `xsd:${known.xsd}` : `${prefix.get(known.namespace)}:${known.name}`
    return `\n${indent}  <xsd:element name="${name}" type="${written}"${BOUNDS[occurs]}/>`
  })
  return elements.length === 0
    ? '<xsd:sequence/>'
    : `\n${indent}<xsd:sequence>${elements.join('')}\n${indent}</xsd:sequence>\n${indent.slice(2)}`
}

function namespacesOf(messages: readonly Parts[]): string[] {
  const found = messages
    .flatMap((parts) => Object.values(parts).map(({ type }: Part) => type as AnyType))
    .flatMap((type) => (type.kind === 'simple' ? [] : [type.namespace]))
  return [...new Set(found)]
}

/** The named types of one namespace that are reached from these parts; the most basic first. */
function collect(parts: Parts, namespace: string, into: Map<string, StructType<Parts> | EnumType<string>>): void {
  for (const { type } of Object.values(parts)) {
    const known = type as AnyType
    if (known.kind === 'simple') continue
    if (known.kind === 'struct') collect(known.parts, namespace, into)
    if (known.namespace === namespace) into.set(known.name, known)
  }
}
