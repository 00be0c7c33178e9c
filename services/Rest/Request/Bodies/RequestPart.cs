using System.Text.Json;
using Integration.Contracts;

namespace Integration.Rest.Request;

/// <summary>One part of a multipart body. Exactly one of value, json, base64 and file is its content.</summary>
/// <param name="Name">Name of the field. Several parts may have the same one.</param>
/// <param name="Value">A text, number or boolean; sent as text in utf-8.</param>
/// <param name="Json">Sent as JSON.</param>
/// <param name="Base64">Bytes in base64.</param>
/// <param name="File">A file reference; streamed.</param>
/// <param name="FileName">
/// The name of the file for the target. The default value is the name in the file reference, or the end of its
/// key; the other kinds have none.
/// </param>
/// <param name="ContentType">
/// Media type of the part. The default value is that of the file reference, <c>application/json</c> for json,
/// <c>application/octet-stream</c> for bytes; a value has none.
/// </param>
public sealed record RequestPart(
    string Name,
    JsonElement? Value = null,
    JsonElement? Json = null,
    string? Base64 = null,
    FileReference? File = null,
    string? FileName = null,
    string? ContentType = null
);
