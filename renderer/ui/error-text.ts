import type { AppError } from '../../core/app-error';

/** Code, status, request ID and raw text on lines of their own, as support asks for them. */
export function supportText(error: AppError): string {
  const { code, httpStatus, requestId, detail } = error;
  return [
    code === undefined ? undefined : httpStatus === undefined ? code : `${code} (HTTP ${String(httpStatus)})`,
    requestId === undefined ? undefined : `Request ID ${requestId}`,
    detail,
  ]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
}
