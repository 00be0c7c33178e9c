namespace Integration.Hosting;

/// <summary>Settings in a command line: <c>--Section__Name=value</c>, as in the environment. The configuration itself reads colons only.</summary>
internal static class SettingArguments
{
    /// <summary>The command line with colons. Values stay as they are.</summary>
    public static string[] AsKeys(IEnumerable<string> args) => [.. args.Select(AsKey)];

    /// <summary>The key of a setting.</summary>
    /// <param name="name">As the environment writes it, e.g. <c>Bus__Uri</c>.</param>
    public static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    private static string AsKey(string arg)
    {
        if (!arg.StartsWith("--", StringComparison.Ordinal))
            return arg;
        var name = arg.Split('=', 2)[0];
        return Key(name) + arg[name.Length..];
    }
}
