using System.Collections;
using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;

namespace Integration.Mail.Templates;

/// <summary>How values are written: truth as in JSON, objects and lists not at all.</summary>
internal sealed class ValueFormatters : IFormatterProvider
{
    public bool TryCreateFormatter(Type type, [MaybeNullWhen(false)] out IFormatter formatter)
    {
        formatter =
            type == typeof(bool) ? new Truth()
            : type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? new Refusal()
            : null;
        return formatter is not null;
    }

    private sealed class Truth : IFormatter
    {
        public void Format<T>(T value, in EncodedTextWriter writer) => writer.Write(value is true ? "true" : "false");
    }

    private sealed class Refusal : IFormatter
    {
        public void Format<T>(T value, in EncodedTextWriter writer) =>
            throw new HandlebarsRuntimeException(
                value is IDictionary
                    ? "a place stands for an object. Name one of its members, e.g. {{customer.name}}."
                    : "a place stands for a list. Write its items with {{#each list}}{{this}}{{/each}}."
            );
    }
}
