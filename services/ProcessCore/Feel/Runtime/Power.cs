namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>Powers and roots of decimals.</summary>
internal static class Power
{
    /// <exception cref="OverflowException">The result is too large, or there is none.</exception>
    /// <exception cref="DivideByZeroException">Zero has no negative powers.</exception>
    public static decimal Of(decimal number, decimal exponent)
    {
        // Whole exponents are exact; others take the precision of a double (15 digits).
        if (!decimal.IsInteger(exponent) || Math.Abs(exponent) > 1_000_000)
            return (decimal)Math.Pow((double)number, (double)exponent);
        return exponent < 0 ? 1 / OfWhole(number, (int)-exponent) : OfWhole(number, (int)exponent);
    }

    /// <summary>The root of a number that is not negative: the double's, made exact by Newton's method.</summary>
    public static decimal SquareRoot(decimal number)
    {
        var root = (decimal)Math.Sqrt((double)number);
        for (var i = 0; i < 3 && root != 0; i++)
            root = (root + number / root) / 2;
        return root;
    }

    // By squaring; the last square is not taken, as it might overflow without being needed.
    private static decimal OfWhole(decimal number, int exponent)
    {
        var result = 1m;
        while (exponent > 0)
        {
            if ((exponent & 1) == 1)
                result *= number;
            exponent >>= 1;
            if (exponent > 0)
                number *= number;
        }
        return result;
    }
}
