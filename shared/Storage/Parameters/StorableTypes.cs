namespace Integration.Storage.Parameters;

/// <summary>What a parameter may be: the types that mean the same on both databases. Null stands for any of them.</summary>
internal static class StorableTypes
{
    private static readonly HashSet<Type> _types =
    [
        typeof(string),
        typeof(long),
        typeof(int),
        typeof(bool),
        typeof(double),
        typeof(byte[]),
        typeof(ReadOnlyMemory<byte>),
    ];

    public static string Names => "string, long, int, bool, double, byte[], ReadOnlyMemory<byte>";

    public static bool Contains(Type type) => _types.Contains(Nullable.GetUnderlyingType(type) ?? type);
}
