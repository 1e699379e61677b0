// The text formats that meshes print unless told otherwise, the likelier first, the longer before what it begins with.
// Istio: pilot/pkg/model/telemetry_logging.go, before 1.8 pilot/pkg/networking/core/v1alpha3/listener.go;
// Envoy: source/common/formatter/substitution_formatter.cc; Kuma: pkg/plugins/policies/meshaccesslog.
import { parseFormat, type LineFormat } from './format.ts';

const REQUEST =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS%';
const BYTES_TO_AUTHORITY =
  '%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%"';
const BYTES_TO_HOST = `${BYTES_TO_AUTHORITY} "%UPSTREAM_HOST%"`;
const TO_SERVER_NAME =
  '%UPSTREAM_CLUSTER% %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME%';
const TO_ROUTE = `${TO_SERVER_NAME} %ROUTE_NAME%`;
const FAILURE = '"%UPSTREAM_TRANSPORT_FAILURE_REASON%"';
const MIXER = '"%DYNAMIC_METADATA(istio.mixer:status)%"';
const DETAILS = '%RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS%';

/** Telling 1.2 from 1.8: as many columns, but two quoted ones behind the flags. Istio 1.1's first builds had no mixer column. */
export const KNOWN_FORMATS: readonly LineFormat[] = [
  parseFormat(`${REQUEST} ${DETAILS} ${FAILURE} ${BYTES_TO_HOST} ${TO_ROUTE}`, 'istio-9'),
  parseFormat(`${REQUEST} ${MIXER} ${FAILURE} ${BYTES_TO_HOST} ${TO_ROUTE}`, 'istio-3'),
  parseFormat(`${REQUEST} ${FAILURE} ${BYTES_TO_HOST} ${TO_ROUTE}`, 'istio-8'),
  parseFormat(`${REQUEST} ${MIXER} ${FAILURE} ${BYTES_TO_HOST} ${TO_SERVER_NAME}`, 'istio-2'),
  parseFormat(`${REQUEST} ${MIXER} ${BYTES_TO_HOST} ${TO_SERVER_NAME}`, 'istio-1'),
  parseFormat(`${REQUEST} ${BYTES_TO_HOST} ${TO_SERVER_NAME}`, 'istio-1-snapshot'),
  parseFormat(`${REQUEST} ${BYTES_TO_HOST}`, 'envoy'),
  parseFormat(
    `[%START_TIME%] %KUMA_MESH% ${REQUEST.slice('[%START_TIME%] '.length)} ${BYTES_TO_AUTHORITY} "%KUMA_SOURCE_SERVICE%" "%KUMA_DESTINATION_SERVICE%" "%KUMA_SOURCE_ADDRESS_WITHOUT_PORT%" "%UPSTREAM_HOST%"`,
    'kuma-http',
  ),
  parseFormat(
    '[%START_TIME%] %RESPONSE_FLAGS% %KUMA_MESH% %KUMA_SOURCE_ADDRESS_WITHOUT_PORT%(%KUMA_SOURCE_SERVICE%)->%UPSTREAM_HOST%(%KUMA_DESTINATION_SERVICE%) took %DURATION%ms, sent %BYTES_SENT% bytes, received: %BYTES_RECEIVED% bytes',
    'kuma-tcp',
  ),
];

/** What every format above begins with, for a line whose further columns are not known. */
export const COMMON_BEGINNING: LineFormat = parseFormat(REQUEST, 'beginning');
