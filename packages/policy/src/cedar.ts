export {
  type CedarEntity,
  type CedarExport,
  type CedarRequest,
  type CedarValue,
  toCedar,
} from './cedar/export.ts';
