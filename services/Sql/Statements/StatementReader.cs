using System.Text.RegularExpressions;
using Integration.Sql.Settings;

namespace Integration.Sql.Statements;

/// <summary>A configured statement, checked.</summary>
internal static partial class StatementReader
{
    /// <exception cref="SqlTextException">It cannot work; the message goes on after the place.</exception>
    public static Statement Read(string name, string place, StatementOptions options, SqlOptions sql)
    {
        if (!StatementName().IsMatch(name))
            throw new SqlTextException("has a name that is not made of letters, digits, '.', '-' and '_'.");
        if (!sql.Connections.TryGetValue(options.Connection, out var connection))
            throw new SqlTextException(
                $"uses the connection '{options.Connection}', which is not configured. Set "
                    + $"Sql__Connections__{options.Connection}__ConnectionString, or name another connection."
            );
        if (options.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromHours(1)))
            throw new SqlTextException("has a timeout that is not between zero and 1 hour.");
        foreach (var error in options.Errors)
        {
            if (error.Problem() is { } problem)
                throw new SqlTextException($"has an error '{error.Code}' that {problem}");
        }

        var parameters = options.Parameters.ToDictionary(
            one => one.Key,
            one => Type(one.Key, one.Value),
            StringComparer.Ordinal
        );
        var body = Body(options, connection.Provider);
        Check(body, parameters);
        return new Statement(
            name,
            options.Connection,
            body,
            parameters,
            options.Effect,
            options.Timeout ?? connection.StatementTimeout ?? sql.StatementTimeout,
            options.Errors
        );
    }

    private static ParameterType Type(string name, string text)
    {
        if (!ParameterName().IsMatch(name))
            throw new SqlTextException($"has a parameter '{name}' whose name is not made of letters, digits and '_'.");
        return ParameterType.TryParse(text, out var type)
            ? type
            : throw new SqlTextException(
                $"has the parameter '{name}' of the type '{text}', which cannot be read. Write e.g. uuid, numeric(12,2), "
                    + "text[], date? (may be left out) or out numeric (of a procedure)."
            );
    }

    private static StatementBody Body(StatementOptions options, DatabaseProvider provider)
    {
        string[] all = [options.Text, options.Function, options.Procedure];
        if (all.Count(one => one.Length > 0) != 1)
            throw new SqlTextException("must have exactly one of Text, Function and Procedure.");
        if (options.Text.Length > 0)
            return new TextBody(SqlTextReader.Read(options.Text, provider));
        if (provider == DatabaseProvider.Sqlite)
            throw new SqlTextException("is a function or procedure, and SQLite has none. Use Text.");
        var routine = options.Function + options.Procedure;
        return RoutineName().IsMatch(routine)
            ? new RoutineBody(routine, options.Procedure.Length > 0)
            : throw new SqlTextException($"names '{routine}', which is no name. Write it like sales.price_of.");
    }

    private static void Check(StatementBody body, Dictionary<string, ParameterType> parameters)
    {
        if (body is not RoutineBody { IsProcedure: true } && parameters.Any(one => one.Value.IsOut))
            throw new SqlTextException("has an out parameter, which only a procedure can have.");
        if (body is not TextBody { Text: var text })
            return;
        if (text.Parameters.FirstOrDefault(name => !parameters.ContainsKey(name)) is { } untyped)
            throw new SqlTextException(
                $"uses @{untyped} and gives it no type. Set Parameters__{untyped}, e.g. to text."
            );
        if (parameters.Keys.FirstOrDefault(name => !text.Parameters.Contains(name)) is { } unused)
            throw new SqlTextException($"has the parameter '{unused}' and does not use @{unused}.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", RegexOptions.None, 1000)]
    private static partial Regex StatementName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,62}$", RegexOptions.None, 1000)]
    private static partial Regex ParameterName();

    [GeneratedRegex(
        @"^([A-Za-z_][A-Za-z0-9_$]*|""([^""\0]|"""")+"")(\.([A-Za-z_][A-Za-z0-9_$]*|""([^""\0]|"""")+"")){0,2}$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex RoutineName();
}
