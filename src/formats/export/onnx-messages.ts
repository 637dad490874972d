import protobuf from 'protobufjs';

/** The part of ONNX's messages (onnx.proto, IR version 8) that a recurrent model needs; field numbers are the standard's. */
const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ rule: 'repeated' as const, type, id });

const { nested } = {
  nested: {
    ModelProto: { fields: { irVersion: one('int64', 1), producerName: one('string', 2), producerVersion: one('string', 3), domain: one('string', 4), modelVersion: one('int64', 5), docString: one('string', 6), graph: one('GraphProto', 7), opsetImport: many('OperatorSetIdProto', 8), metadataProps: many('StringStringEntryProto', 14) } },
    OperatorSetIdProto: { fields: { domain: one('string', 1), version: one('int64', 2) } },
    StringStringEntryProto: { fields: { key: one('string', 1), value: one('string', 2) } },
    GraphProto: { fields: { node: many('NodeProto', 1), name: one('string', 2), initializer: many('TensorProto', 5), docString: one('string', 10), input: many('ValueInfoProto', 11), output: many('ValueInfoProto', 12) } },
    NodeProto: { fields: { input: many('string', 1), output: many('string', 2), name: one('string', 3), opType: one('string', 4), attribute: many('AttributeProto', 5) } },
    AttributeProto: { fields: { name: one('string', 1), f: one('float', 2), i: one('int64', 3), s: one('bytes', 4), floats: many('float', 7), ints: many('int64', 8), strings: many('bytes', 9), type: one('int32', 20) } },
    TensorProto: { fields: { dims: many('int64', 1), dataType: one('int32', 2), name: one('string', 8), rawData: one('bytes', 9) } },
    ValueInfoProto: { fields: { name: one('string', 1), type: one('TypeProto', 2), docString: one('string', 3) } },
    TypeProto: { fields: { tensorType: one('TensorTypeProto', 1) } },
    TensorTypeProto: { fields: { elemType: one('int32', 1), shape: one('TensorShapeProto', 2) } },
    TensorShapeProto: { fields: { dim: many('DimensionProto', 1) } },
    DimensionProto: { fields: { dimValue: one('int64', 1), dimParam: one('string', 2) } },
  },
};

export const ModelProto = protobuf.Root.fromJSON({ nested }).lookupType('ModelProto');
