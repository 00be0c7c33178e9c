using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Integration.Hosting;

/// <summary>
/// Takes known secrets out of everything that leaves the process for people to read: events, journal, logs, traces.
/// A safety net: who handles a secret keeps it out of messages in the first place.
/// </summary>
public sealed partial class SecretMask
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Stars = "***";

    /// <summary>Shorter ones would be found in innocent text.</summary>
    public const int ShortestSecret = 8;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _passing = new(StringComparer.Ordinal);
    private volatile HashSet<string> _lasting = new(StringComparer.Ordinal);
    private volatile Forms _forms = new([]);

    /// <summary>Whether no secret is known, and nothing is done.</summary>
    public bool IsEmpty => _forms.Texts.Length == 0;

    /// <summary>Takes note of a secret. Too short ones and those that are known already change nothing.</summary>
    public void Add(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length < ShortestSecret || _lasting.Contains(secret))
            return;
        lock (_lock)
        {
            _lasting = new HashSet<string>(_lasting, StringComparer.Ordinal) { secret };
            Renew();
        }
    }

    /// <summary>Takes note of a secret that is of no use to anybody after a while, such as a token: see <see cref="Forget"/>.</summary>
    public void AddPassing(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        lock (_lock)
        {
            if (secret.Length >= ShortestSecret && _passing.Add(secret))
                Renew();
        }
    }

    /// <summary>The end of a secret that was made known by <see cref="AddPassing"/>; others stay known.</summary>
    public void Forget(string secret)
    {
        lock (_lock)
        {
            if (_passing.Remove(secret))
                Renew();
        }
    }

    /// <summary>The text with stars for secrets.</summary>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var forms = _forms;
        if (forms.Texts.Length == 0 || text.AsSpan().IndexOfAny(forms.Search) < 0)
            return text;
        foreach (var form in forms.Texts)
            text = text.Replace(form, Stars, StringComparison.Ordinal);
        return text;
    }

    /// <summary>JSON with stars for secrets in its texts, also in those that hold JSON themselves.</summary>
    public ReadOnlyMemory<byte> ApplyToJson(ReadOnlyMemory<byte> json)
    {
        if (IsEmpty)
            return json;
        var output = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(output);
        var reader = new Utf8JsonReader(json.Span);
        var changed = false;
        while (reader.Read())
            changed |= Copy(ref reader, writer);
        writer.Flush();
        return changed ? output.WrittenMemory : json;
    }

    private bool Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                return false;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                return false;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                return false;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                return false;
            case JsonTokenType.PropertyName:
                var name = reader.GetString()!;
                writer.WritePropertyName(Apply(name));
                return !ReferenceEquals(Apply(name), name);
            case JsonTokenType.String:
                var text = reader.GetString()!;
                writer.WriteStringValue(Apply(text));
                return !ReferenceEquals(Apply(text), text);
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                return false;
        }
    }

    private void Renew() =>
        _forms = new Forms([.. _lasting.Concat(_passing).SelectMany(FormsOf).Distinct(StringComparer.Ordinal)]);

    // As it is, and as it looks in JSON of several dialects, in an address, and in the headers that encode it.
    private static IEnumerable<string> FormsOf(string secret)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        var json = JsonEncodedText.Encode(secret).ToString();
        var relaxed = JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        var address = Uri.EscapeDataString(secret);
        return
        [
            secret,
            json,
            json.Replace("/", "\\/", StringComparison.Ordinal),
            relaxed,
            relaxed.Replace("/", "\\/", StringComparison.Ordinal),
            address,
            Escapes().Replace(address, escape => escape.Value.ToLowerInvariant()),
            address.Replace("%20", "+", StringComparison.Ordinal),
            base64,
            JsonEncodedText.Encode(base64).ToString(),
            Uri.EscapeDataString(base64),
        ];
    }

    [GeneratedRegex("%[0-9A-F]{2}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escapes();

    private sealed class Forms(string[] texts)
    {
        // The longest first: one form may begin with another.
        public string[] Texts { get; } = [.. texts.OrderByDescending(text => text.Length)];

        public SearchValues<string> Search { get; } = SearchValues.Create(texts, StringComparison.Ordinal);
    }
}
