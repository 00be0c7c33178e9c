using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>
/// Says whether two requests ask for the same: SHA-256 over operation, version and the tokens of the inputs. Texts count
/// unescaped, numbers as they are written, members in their order; white space does not count.
/// </summary>
internal static class Fingerprint
{
    // Enough for most inputs; longer ones are hashed piece by piece.
    private const int Buffer = 2 * 1024;

    public static byte[] Of(TaskRequested request)
    {
        scoped var hash = new FingerprintHash(stackalloc byte[Buffer]);
        scoped var reader = new Utf8JsonReader(
            JsonMarshal.GetRawUtf8Value(request.Inputs),
            new JsonReaderOptions { MaxDepth = int.MaxValue }
        );
        AddText(ref hash, 'o', request.Operation);
        hash.Add('v', request.Version);
        while (reader.Read())
            AddToken(ref hash, ref reader);
        return hash.End();
    }

    // Every token has a mark, and those of variable length carry their length, so that no two lists of tokens make the same bytes.
    private static void AddToken(ref FingerprintHash hash, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                hash.Add('{');
                break;
            case JsonTokenType.EndObject:
                hash.Add('}');
                break;
            case JsonTokenType.StartArray:
                hash.Add('[');
                break;
            case JsonTokenType.EndArray:
                hash.Add(']');
                break;
            case JsonTokenType.True:
                hash.Add('t');
                break;
            case JsonTokenType.False:
                hash.Add('f');
                break;
            case JsonTokenType.Null:
                hash.Add('0');
                break;
            case JsonTokenType.Number:
                hash.Add('n', reader.ValueSpan);
                break;
            case var text:
                AddText(ref hash, text == JsonTokenType.PropertyName ? 'p' : 's', ref reader);
                break;
        }
    }

    private static void AddText(ref FingerprintHash hash, char mark, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            hash.Add(mark, reader.ValueSpan);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        hash.Add(mark, rented.AsSpan(0, reader.CopyString(rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void AddText(ref FingerprintHash hash, char mark, string text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        hash.Add(mark, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }
}
