namespace Plimsoll.Edge;

/// <summary>The gates of all stages that are paused or in maintenance. A stage without a gate is open, and costs a request one look.</summary>
internal sealed class StageGates(TimeProvider time)
{
    private readonly Lock _applying = new();
    private volatile IReadOnlyDictionary<long, StageGate> _byStage = new Dictionary<long, StageGate>();

    public bool AreAllOpen => _byStage.Count == 0;

    public StageGate? Find(long stageId) => _byStage.TryGetValue(stageId, out var gate) ? gate : null;

    /// <summary>Holds exactly these stages from now on. Requests that wait at one of them keep their places; those of every other go on.</summary>
    /// <param name="mostWaiting">How many requests may wait, at each.</param>
    public void Apply(IReadOnlyCollection<HeldStage> held, int mostWaiting)
    {
        lock (_applying)
        {
            var before = _byStage;
            var after = new Dictionary<long, StageGate>(held.Count);
            foreach (var stage in held)
            {
                if (before.TryGetValue(stage.StageId, out var gate))
                {
                    gate.Hold(stage, mostWaiting);
                }
                else
                {
                    gate = new StageGate(stage, mostWaiting, time);
                }

                after.Add(stage.StageId, gate);
            }

            _byStage = after;
            foreach (var (_, opened) in before.Where(one => !after.ContainsKey(one.Key)))
            {
                opened.Open();
            }
        }
    }
}
