using Integration.Sdk;
using Integration.Sql.Settings;

namespace Integration.Sql.Statements;

/// <summary>
/// A statement in a file. Its settings stand in comments: <c>-- @connection crm</c>, <c>-- @effect Idempotent</c>,
/// <c>-- @timeout 00:00:05</c>, <c>-- @parameter id uuid</c>, <c>-- @error EMAIL_TAKEN state=23505 message=Taken.</c>
/// </summary>
internal static class StatementFile
{
    private const string Mark = "-- @";

    /// <exception cref="SqlTextException">A setting cannot be read.</exception>
    public static StatementOptions Read(string file)
    {
        var text = File.ReadAllText(file);
        var options = new StatementOptions { Text = text };
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (!line.StartsWith(Mark, StringComparison.Ordinal))
                continue;
            var (word, rest) = Split(line[Mark.Length..]);
            Set(options, word, rest, line);
        }

        return options;
    }

    private static void Set(StatementOptions options, string word, string rest, string line)
    {
        switch (word)
        {
            case "connection" when rest.Length > 0:
                options.Connection = rest;
                break;
            case "effect" when Enum.TryParse<Effect>(rest, ignoreCase: true, out var effect):
                options.Effect = effect;
                break;
            case "timeout" when TimeSpan.TryParse(rest, out var timeout):
                options.Timeout = timeout;
                break;
            case "parameter" when Split(rest) is (var name, { Length: > 0 } type):
                options.Parameters[name] = type;
                break;
            case "error" when Error(rest) is { } error:
                options.Errors.Add(error);
                break;
            default:
                throw new SqlTextException(
                    $"has the line '{line}', which cannot be read. Known are: @connection <name>, @effect <Read, Idempotent or "
                        + "Once>, @timeout <00:00:05>, @parameter <name> <type>, @error <CODE> state=… constraint=… rows=… message=…"
                );
        }
    }

    private static Running.DeclaredError? Error(string text)
    {
        var (code, rest) = Split(text);
        var error = new Running.DeclaredError { Code = code };
        while (rest.Length > 0)
        {
            if (rest.StartsWith("message=", StringComparison.Ordinal))
            {
                error.Message = rest["message=".Length..];
                break;
            }

            (var condition, rest) = Split(rest);
            var equals = condition.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                return null;
            var value = condition[(equals + 1)..];
            switch (condition[..equals])
            {
                case "state":
                    error.SqlState = value;
                    break;
                case "constraint":
                    error.Constraint = value;
                    break;
                case "rows" when long.TryParse(value, out var rows):
                    error.Rows = rows;
                    break;
                default:
                    return null;
            }
        }

        return error;
    }

    private static (string First, string Others) Split(string text)
    {
        var parts = text.Trim().Split([' ', '\t'], 2, StringSplitOptions.TrimEntries);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
