using Plimsoll.Candidates.Schedules;

namespace Plimsoll.Candidates;

/// <summary>What one scan has seen so far; many look at once.</summary>
internal sealed class ScanTally
{
    private readonly Lock _gate = new();
    private int _images;
    private int _deployed;
    private int _troubles;
    private string? _firstTrouble;

    public void Looked(bool isDeployed)
    {
        lock (_gate)
        {
            _images++;
            _deployed += isDeployed ? 1 : 0;
        }
    }

    /// <summary>An image or a list of tags that could not be looked at.</summary>
    public void Trouble(string sentence)
    {
        lock (_gate)
        {
            _images++;
            _troubles++;
            _firstTrouble ??= sentence;
        }
    }

    public JobReport Report()
    {
        lock (_gate)
        {
            return new JobReport("images", _images, _deployed, "to deploy", _troubles, _firstTrouble);
        }
    }
}
