using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>The inputs <c>base64</c> and <c>file</c>: bytes as they are.</summary>
internal static class BinaryBody
{
    public const string AnyType = "application/octet-stream";

    public static ReadOnlyMemory<byte> Of(string base64, Dictionary<string, string> headers)
    {
        Describe(headers, AnyType);
        return Decode(base64, "base64");
    }

    public static StreamedBody Of(FileReference file, Dictionary<string, string> headers, IFileStores files)
    {
        Describe(headers, file.ContentType ?? AnyType);
        return StreamedBody.From(cancellation => files.OpenReadAsync(file, cancellation), file.Size);
    }

    public static byte[] Decode(string base64, string field)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw InvalidInput.At(field, "is no base64.");
        }
    }

    private static void Describe(Dictionary<string, string> headers, string type)
    {
        headers.TryAdd(RequestBody.ContentType, type);
        MediaTypes.Parse(headers[RequestBody.ContentType], $"headers.{RequestBody.ContentType}");
    }
}
