namespace Integration.Sql.Statements;

/// <summary>The call of a function or procedure, with its arguments by name: what is left out gets its default there.</summary>
internal static class RoutineText
{
    public static SqlText Of(
        RoutineBody body,
        IReadOnlyDictionary<string, ParameterType> parameters,
        Func<string, bool> isGiven
    )
    {
        var pieces = new List<SqlText.Piece>
        {
            new((body.IsProcedure ? "call " : "select * from ") + body.Routine + "(", false),
        };
        var separator = "";
        foreach (
            var (name, type) in parameters.Where(one => one.Value.IsOut || !one.Value.IsOptional || isGiven(one.Key))
        )
        {
            pieces.Add(new($"{separator}{name} => ", false));
            pieces.Add(type.IsOut ? new SqlText.Piece("null", false) : new(name, true));
            separator = ", ";
        }

        pieces.Add(new(")", false));
        return new SqlText(pieces);
    }
}
