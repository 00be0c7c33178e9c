using System.Globalization;
using Integration.Errors;
using Npgsql;

namespace Integration.Sql.PostgreSql;

/// <summary>
/// What became of a transaction whose commit was on its way when the connection was lost. The server remembers: it is
/// asked on another connection.
/// </summary>
internal sealed class CommitFate(PostgreSqlPool pool, TimeProvider time)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The number of the transaction that is open. It gets one if it has none: what has an effect without a change, such as
    /// pg_notify, would not be remembered otherwise.
    /// </summary>
    public static async Task<long> NumberAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select txid_current()", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Whether it was committed; null when that could not be found out in time.</summary>
    public async Task<bool?> AskAsync(long number)
    {
        using var patience = new CancellationTokenSource(_patience, time);
        try
        {
            while (true)
            {
                switch (await StatusAsync(number, patience.Token))
                {
                    case "committed":
                        return true;
                    case "aborted":
                        return false;
                }

                // In progress: the server has not noticed yet that the connection is gone, or still writes.
                await Task.Delay(_pause, time, patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<string?> StatusAsync(long number, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await pool.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand(
                $"select txid_status({number.ToString(CultureInfo.InvariantCulture)})",
                connection
            );
            return await command.ExecuteScalarAsync(cancellation) as string;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TaskErrorException)
        {
            return null;
        }
    }
}
