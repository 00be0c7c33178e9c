using System.Text;

namespace Integration.Sdk;

/// <summary>A field of a compiled record.</summary>
internal sealed class SchemaField(string name, SchemaNode node)
{
    public string Name => name;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);

    public SchemaNode Node => node;
}
